export const total = undefined as unknown as { a: number };
total.a = 1;
