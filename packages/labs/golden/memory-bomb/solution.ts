const held: string[][] = [];
while (true) held.push(new Array<string>(1000).fill('x'));
