import { describe, expect, it } from 'vitest';
import { findLabForm } from './lab-form.ts';

function formOf(...fields: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

describe('what a lab’s form sends', () => {
  it('is all files as JSON with scripts', () => {
    const files = { 'solution.py': 'a\nb', '__proto__.py': 'x' };
    const form = formOf(['language', 'py'], ['base', '3'], ['files', JSON.stringify(files)]);
    expect(findLabForm(form)).toEqual({ language: 'py', base: 3, device: undefined, files });
  });

  it('is a field for each file without them, with line ends as they were written', () => {
    const form = formOf(
      ['language', 'ts'],
      ['path', 'solution.ts'],
      ['text', 'a\r\nb\r\n'],
      ['path', ''],
      ['text', ''],
    );
    expect(findLabForm(form)).toEqual({ language: 'ts', files: { 'solution.ts': 'a\nb\n' } });
  });

  it('may hold no files', () => {
    expect(findLabForm(formOf(['language', 'py']))).toMatchObject({ files: null });
  });

  it('is refused where it is something else', () => {
    for (const form of [
      formOf(['language', 'rust']),
      formOf(['language', 'py'], ['files', '{']),
      formOf(['language', 'py'], ['files', '{"a":1}']),
      formOf(['language', 'py'], ['base', '-1']),
      formOf(['language', 'py'], ['path', 'a.py']),
    ])
      expect(findLabForm(form)).toBeUndefined();
  });
});
