interface ImportMetaEnv {
  /** Where the build reads from; set in astro.config.ts. */
  readonly FOLDERS: import('./lib/folders.ts').Folders;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}

/** The package brings no types; this is what the build asks of it. */
declare module 'subset-font' {
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      readonly targetFormat: 'woff2';
      readonly variationAxes?: Readonly<Record<string, {readonly min: number; readonly max: number}>>;
    },
  ): Promise<Uint8Array>;
}
