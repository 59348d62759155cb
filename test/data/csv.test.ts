import { describe, expect, it } from 'vitest';
import { loadCsv } from '../../sdk/src/data/csv.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('loadCsv', () => {
  const write = temporaryFolder();
  let files = 0;
  const csv = (text: string): string => write(`${files++}.csv`, text);

  it('takes the first column as label where there is no header', async () => {
    const set = await loadCsv(csv('b,1,2\na,3,255\nb, 0 ,7\n'));
    expect(set).toMatchObject({ classes: ['a', 'b'], width: 2, height: 1, channels: 1 });
    expect(set.inputs).toEqual(Uint8Array.of(1, 2, 3, 255, 0, 7));
    expect([...set.labels]).toEqual([1, 0, 1]);
  });

  it('finds the column called label, wherever it is', async () => {
    const set = await loadCsv(csv('\ufeffx,label,y\r\n1.5,10,-2\r\n\r\n3,9,4e1\r\n'));
    expect(set.classes).toEqual(['9', '10']);
    expect(set.inputs).toEqual(Float32Array.of(1.5, -2, 3, 40));
    expect([...set.labels]).toEqual([1, 0]);
  });

  it('takes the label column by name or index', async () => {
    const named = await loadCsv(csv('a,kind\n1,"x, y"\n2,z\n'), { labelColumn: 'kind' });
    expect(named.classes).toEqual(['x, y', 'z']);
    const indexed = await loadCsv(csv('1,2,iris\n3,4,rose\n'), { labelColumn: 2 });
    expect(indexed.classes).toEqual(['iris', 'rose']);
    expect([...indexed.inputs]).toEqual([1, 2, 3, 4]);
  });

  it('knows a header of numbers by its label column', async () => {
    const set = await loadCsv(csv('label,0,1\n7,5,6\n'));
    expect([...set.inputs]).toEqual([5, 6]);
  });

  it('gives images for 784 values or a given shape', async () => {
    const mnist = await loadCsv(csv(`3,${Array(784).fill(1).join(',')}\n`));
    expect(mnist).toMatchObject({ width: 28, height: 28, channels: 1 });
    const path = csv('3,1,2,3,4,5,6\n');
    const shape = { width: 1, height: 2, channels: 3 };
    expect(await loadCsv(path, { shape })).toMatchObject(shape);
    await expect(loadCsv(path, { shape: { ...shape, width: 2 } })).rejects.toMatchObject({
      code: 'option/invalid',
    });
  });

  it.each([
    ['a word', 'a,1,2\nb,3,x\n', /line 2, column 3.*"x"/],
    ['an empty cell', 'label,p,q\na,,2\n', /line 2, column 2.*""/],
    ['an infinity', 'a,1\nb,Infinity\n', /line 2, column 2/],
    ['a short line', 'a,1,2\nb,3\n', /line 2/],
    ['an open quote', 'a,1\n"b,2\n', /quote/i],
  ])('refuses %s and says where', async (_, text, message) => {
    await expect(loadCsv(csv(text))).rejects.toMatchObject({
      code: 'data/malformed',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['data/empty', '', {}],
    ['data/empty', 'label,x\n', {}],
    ['data/labels', 'a,b\n1,2\n', { labelColumn: 'c' }],
    ['data/labels', '1,2\n', { labelColumn: 2 }],
  ])('gives %s for %j', async (code, text, options) => {
    await expect(loadCsv(csv(text), options)).rejects.toMatchObject({ code });
  });

  it('says which file it cannot read', async () => {
    await expect(loadCsv('/no/such.csv')).rejects.toMatchObject({ code: 'data/not-found' });
  });
});
