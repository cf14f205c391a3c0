import {PassThrough} from 'node:stream';
import {describe, expect, it, vi} from 'vitest';
import {densityChart} from './density-chart.ts';
import {duration} from './duration.ts';
import {figure} from './facts.ts';
import {fractionText, progressBar, progressText} from './progress-line.ts';
import {terminal} from './terminal.ts';
import {wrap} from './wrap.ts';

/** A stream that says what it is, and remembers what was written. */
function stream(options: {readonly isTTY: boolean; readonly columns?: number}) {
  const written: string[] = [];
  const target = Object.assign(new PassThrough(), options);
  target.on('data', (chunk) => written.push(String(chunk)));
  return {target: target as unknown as NodeJS.WriteStream, written};
}

const progress = {
  done: 12,
  total: 48,
  fraction: 0.255,
  jobsPerMinute: 3.24,
  secondsLeft: 130,
  elapsedSeconds: 44,
};

describe('terminal', () => {
  it('keeps the status line below whatever is printed', () => {
    const notes = stream({isTTY: true, columns: 80});
    const io = terminal(notes.target, notes.target);
    io.status('half');
    io.note('a line');
    io.status(null);
    expect(notes.written.join('')).toBe('half\r\u001b[Ka line\nhalf\r\u001b[K');
  });

  it('breaks notes between words where a terminal is narrow, and leaves stacks and files alone', () => {
    const [watched, file] = [stream({isTTY: true, columns: 12}), stream({isTTY: false})];
    const text = 'error: a long sentence\n    at packages/x.ts:1:2';
    for (const {target} of [watched, file]) terminal(target, target).note(text);
    expect(watched.written.join('')).toBe('error: a\nlong\nsentence\n    at packages/x.ts:1:2\n');
    expect(file.written.join('')).toBe(`${text}\n`);
  });

  it('writes out whatever would steer the terminal, in every text, and keeps its own colours', () => {
    const both = stream({isTTY: true, columns: 200});
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('FORCE_COLOR', undefined);
    const io = terminal(both.target, both.target);
    const foreign = 'a\u001b]52;c;eA==\u0007b\u001b[31mc\rd\u009b2Je\u202ef\tg\nh\u007f';
    const safe =
      String.raw`a\x1b]52;c;eA==\x07b\x1b[31mc\x0dd\u009b2Je\u202ef` + '\tg\nh' + String.raw`\u007f`;
    io.print(foreign);
    io.note(foreign);
    io.note(`${io.style('red', foreign)}: ${foreign}`);
    io.status(foreign);
    io.status(null);
    io.page(io.style('bold', foreign, 'out'));
    vi.unstubAllEnvs();
    expect(both.written.join('')).toBe(
      [
        `${safe}\n${safe}\n\u001b[31m${safe}\u001b[39m: ${safe}\n${safe}\r\u001b[K`,
        `\u001b[H\u001b[J\u001b[1m${safe}\u001b[22m\n`,
      ].join(''),
    );
  });

  it('does not take a code for its own that came with a text, in its form or cut short', () => {
    const both = stream({isTTY: true, columns: 200});
    const io = terminal(both.target, both.target);
    for (const text of ['\u001b[1000;1000;1000;31mx', '\u001b[', '\u001b[8m hidden \u001b[28m'])
      io.print(text);
    expect(both.written.join('')).not.toContain('\u001b');
  });

  it('prints JSON that says the same, whatever its strings hold', () => {
    const out = stream({isTTY: false});
    const everything = String.fromCharCode(...Array.from({length: 0x2100}, (_, i) => i));
    terminal(out.target, out.target).print(JSON.stringify({everything}, null, 2));
    const text = out.written.join('');
    expect(JSON.parse(text)).toEqual({everything});
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('shows no status line where nobody watches', () => {
    const notes = stream({isTTY: false});
    const io = terminal(stream({isTTY: false}).target, notes.target);
    io.status('half');
    io.note('a line');
    expect(notes.written.join('')).toBe('a line\n');
  });
});

describe('progress', () => {
  it('shows jobs, share, rate and time left', () => {
    expect(progressText(progress)).toBe('12/48 jobs, 25%, 3.2 a minute, 2 min 10 s left');
    expect(progressText({...progress, jobsPerMinute: null, secondsLeft: null})).toBe('12/48 jobs, 25%');
  });

  it('of one measurement shows a share, and time left once that can be told', () => {
    expect(fractionText(0.25, 0.5)).toBe('25%');
    expect(fractionText(0.25, 40)).toBe('25%, 2 min left');
  });

  it('draws a bar that never wraps', () => {
    expect(progressBar(0.255, 'text', 100)).toBe(`${'█'.repeat(6)}${'░'.repeat(18)}  text`);
    expect(progressBar(0.255, 'text', 30)).toHaveLength(29);
    expect(progressBar(1, '', 100)).toContain('█'.repeat(24));
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
    [-1, '0 s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('figure', () => {
  it('writes every minus as one, that of the exponent too', () => {
    expect(figure(-1.5e-9)).toBe('−1.5e−9');
    expect(figure(null)).toBe('none');
  });
});

describe('densityChart', () => {
  it('shows shares by sign and decade, and fits into 60 columns', () => {
    const lines = densityChart({nodes: [-2e-3, 0, 5], weights: [0.25, 0.5, 0.25]});
    expect(lines).toEqual([
      `  −1e−3 to −1e−2   25.0%  ${'█'.repeat(16)}`,
      `          near 0   50.0%  ${'█'.repeat(32)}`,
      `     1e0 to  1e1   25.0%  ${'█'.repeat(16)}`,
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('wrap', () => {
  it('breaks between words, and only a word longer than the line sticks out', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a longestword b', 5)).toEqual(['a', 'longestword', 'b']);
  });

  it('counts what is seen, not the codes of a colour', () => {
    expect(wrap('\u001b[31mone\u001b[39m two three', 7)).toEqual(['\u001b[31mone\u001b[39m two', 'three']);
  });
});
