interface ImportMetaEnv {
  /** Where the build reads from; set in astro.config.ts. */
  readonly FOLDERS: import('./lib/folders.ts').Folders;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
