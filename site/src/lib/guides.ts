/** The guides as pages show them. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {guideGroups} from './guide-list.ts';

export interface Guide {
  /** Of its page: `guides/<name>.html`. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly title: string;
  /** The rest of the text, below its title. */
  readonly text: string;
  /** Its first sentence, in plain words. */
  readonly summary: string;
}

export interface GuideGroup {
  readonly title: string;
  readonly guides: readonly Guide[];
}

export async function readGuides(): Promise<GuideGroup[]> {
  return Promise.all(
    Object.entries(guideGroups).map(async ([title, files]) => ({
      title,
      guides: await Promise.all(Object.entries(files).map(([name, file]) => readGuide(name, file))),
    })),
  );
}

async function readGuide(name: string, file: string): Promise<Guide> {
  const whole = await readFile(join(import.meta.env.FOLDERS.repository, file), 'utf8');
  const [, title, text = ''] = /^# ([^\n]+)\n+(.*)$/s.exec(whole) ?? [];
  if (title === undefined) throw new Error(`site.readGuides: expected ${file} to begin with "# ", got none`);
  return {name, file, title, text, summary: firstSentence(text)};
}

/** Of running text, without its marks. */
export function firstSentence(text: string): string {
  const paragraph = text.split(/\n\s*\n/, 1)[0] ?? '';
  const plain = paragraph
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*_]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?[.!?](?= [A-Z]|$)/.exec(plain)?.[0] ?? plain;
}
