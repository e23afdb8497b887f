import { describe, expect, it } from 'vitest';
import { layOutGrid, layOutLanes, shorten, type MapSkill } from './map-layout.ts';

function skill(id: string, stage: number, requires: string[] = [], buildsOn: string[] = []): MapSkill {
  return {
    id,
    title: id,
    stage,
    module: { id: `m${stage}`, number: stage, title: `Module ${stage}` },
    requires,
    buildsOn,
  };
}

const track = [
  skill('a', 1),
  skill('b', 1, ['a']),
  skill('c', 2, ['b'], ['a']),
  skill('d', 4, ['c', 'elsewhere']),
];

describe('one track in lanes', () => {
  const map = layOutLanes(track);

  it('has a lane for each stage in use and a row for each skill', () => {
    expect(map.lanes.map((lane) => lane.name)).toEqual(['Foundations', 'Production', 'Architect']);
    expect(map.nodes.map((node) => node.y)).toEqual([58, 92, 58, 58]);
  });

  it('draws every prerequisite inside the track and none outside', () => {
    expect(map.edges.map(({ from, to, soft }) => `${from}-${to}${soft ? ' soft' : ''}`)).toEqual([
      'a-b',
      'b-c',
      'a-c soft',
      'c-d',
    ]);
  });

  it('bows to the left within a lane and runs right between lanes', () => {
    expect(map.edges[0]!.d).toBe('M30 58C18.5 58 18.5 92 30 92');
    expect(map.edges[1]!.d).toMatch(/^M77\.4 92C.* 359 58$/);
  });

  it('lays out nothing without failing', () => {
    expect(layOutLanes([])).toMatchObject({ lanes: [], nodes: [], edges: [] });
  });
});

describe('everything in a grid', () => {
  const map = layOutGrid(track);

  it('has a row for each module and never puts two skills on one spot', () => {
    expect(map.rows.map((row) => row.module.number)).toEqual([1, 2, 4]);
    expect(new Set(map.nodes.map((node) => `${node.x},${node.y}`)).size).toBe(track.length);
  });

  it('keeps every node inside the drawing', () => {
    for (const node of map.nodes) {
      expect(node.x).toBeLessThan(map.width);
      expect(node.y).toBeLessThan(map.height);
    }
  });
});

describe('shorten', () => {
  it('keeps what fits and cuts at a word', () => {
    expect(shorten('KV cache memory')).toBe('KV cache memory');
    expect(shorten('From notebook to typed, packaged, tested code')).toBe(
      'From notebook to typed, packaged…',
    );
  });
});
