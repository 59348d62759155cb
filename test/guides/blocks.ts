/** Code in Markdown: what is between fences, with the language and the title that these name. */
import { readdir, readFile } from 'node:fs/promises';

export interface Block {
  /** File and line, for messages. */
  readonly where: string;
  /** The last heading before it. */
  readonly section: string;
  readonly language: string;
  /** Name of the file that the reader is to put it into. */
  readonly title: string | undefined;
  readonly code: string;
}

const root = new URL('../../', import.meta.url);

/** README, the package's README, all guides and the page on storage. */
export async function guideBlocks(): Promise<Block[]> {
  const guides = (await readdir(new URL('docs/guides/', root))).map(
    (name) => `docs/guides/${name}`,
  );
  const blocks: Block[] = [];
  for (const path of ['README.md', 'sdk/README.md', 'docs/storage.md', ...guides]) {
    blocks.push(...blocksOf(path, await readFile(new URL(path, root), 'utf8')));
  }
  return blocks;
}

function blocksOf(path: string, text: string): Block[] {
  const blocks: Block[] = [];
  let section = '';
  let open: { fence: string; block: Omit<Block, 'code'>; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (open) {
      if (line.trim() === open.fence) {
        blocks.push({ ...open.block, code: open.lines.join('\n') });
        open = undefined;
      } else open.lines.push(line);
      continue;
    }
    section = /^#+ (.*)/.exec(line)?.[1] ?? section;
    const [, fence, language = '', title] = /^\s*(```+)(\w*)(?: title="([^"]+)")?/.exec(line) ?? [];
    if (!fence) continue;
    const where = `${path}:${index + 1}`;
    open = { fence, block: { where, section, language, title }, lines: [] };
  }
  if (open) throw new Error(`${open.block.where}: expected the end of the code, got none.`);
  return blocks;
}
