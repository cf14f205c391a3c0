/** What the packages export, as the reference shows it. */

export type ApiKind = 'function' | 'class' | 'type' | 'constant';

export interface ApiDoc {
  /** Markdown; links to other exports have addresses of the form `api:<package>#<name>`. So have all that follow. */
  readonly summary: string;
  /** Empty where the comment says nothing of it. */
  readonly returns: string;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
  readonly remarks: readonly string[];
  /** An equation, a paper or an address; empty where none is named. */
  readonly source: string;
}

export interface ApiEntry {
  /** Without its scope, such as `core`. */
  readonly package: string;
  readonly name: string;
  readonly kind: ApiKind;
  /** Whether it is exported for Node alone, by `@minefield/<package>/node`. */
  readonly node: boolean;
  /** Where it is declared, from the root of the repository. */
  readonly file: string;
  /** Its declaration, without bodies. */
  readonly code: string;
  readonly doc: ApiDoc;
  /** Parameters that the comment speaks of. */
  readonly parameters: readonly {readonly name: string; readonly text: string}[];
}
