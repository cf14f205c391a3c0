/** The commands that measure the same network outside the browser. */

export interface MeasuredNetwork {
  /** Name of the file. */
  readonly file: string;
  readonly hidden: readonly number[];
  /** Whether the file itself says which network it is, and that its layers are followed by ReLUs. */
  readonly saysAll: boolean;
  /** What `--data` takes. */
  readonly data: string;
  readonly directions: number;
}

export function measureCommands({
  file,
  hidden,
  saysAll,
  data,
  directions,
}: MeasuredNetwork): readonly string[] {
  const network = saysAll ? '' : ` --model mlp:${[2, ...hidden, 1].join('-')} --activation relu`;
  const subject = `${quoted(file)}${network} --data ${data}`;
  return [
    `minefield volume ${subject} --cutoff 0.5 --directions ${directions}`,
    `minefield spectrum ${subject}`,
    `minefield scan ${subject} --surface`,
  ];
}

/** As a shell takes it. */
function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
