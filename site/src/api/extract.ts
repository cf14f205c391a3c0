/**
 * What the packages export, with their doc comments, as JSON on standard output: TypeDoc reads the comments and follows their
 * links, declarations are shown as they stand in the source. Ends with 1 where a comment is wrong, such as a link that leads nowhere.
 *
 *     node src/api/extract.ts <root of the repository>
 */
import {join, relative} from 'node:path';
import {
  Application,
  type Comment,
  type CommentDisplayPart,
  Converter,
  DeclarationReflection,
  Logger,
  LogLevel,
  type ProjectReflection,
  ReferenceReflection,
  Reflection,
  ReflectionKind,
} from 'typedoc';
import type ts from 'typescript';
import type {ApiDoc, ApiEntry, ApiKind} from './api.ts';
import {declarationText} from './declaration-text.ts';

const [root = ''] = process.argv.slice(2);

/** Keeps what TypeDoc complains about. */
class Complaints extends Logger {
  readonly found: string[] = [];
  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.found.push(message);
  }
}

const logger = new Complaints();
const app = await Application.bootstrap({
  entryPoints: [join(root, 'packages/*/src/index.ts'), join(root, 'packages/*/src/node.ts')],
  tsconfig: join(root, 'site/tsconfig.api.json'),
  basePath: root,
  disableGit: true,
  sourceLinkTemplate: '{path}',
  excludeInternal: true,
  excludePrivate: true,
  readme: 'none',
  preservedTypeAnnotationTags: ['@throws'],
  // Types are checked by `pnpm check types`.
  skipErrorChecking: true,
  validation: {invalidLink: true, invalidPath: true, notExported: false, rewrittenLink: false},
});
app.logger = logger;
const symbols = new Map<Reflection, ts.Symbol>();
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  const symbol = context.getSymbolFromReflection(reflection);
  if (symbol !== undefined) symbols.set(reflection, symbol);
});
const project = await app.convert();
if (project !== undefined) app.validate(project);
if (project === undefined || logger.found.length > 0) {
  console.error(logger.found.join('\n'));
  process.exit(1);
}
process.stdout.write(JSON.stringify(entriesOf(project)));

function entriesOf({children = []}: ProjectReflection): ApiEntry[] {
  return children.flatMap((module) => {
    const entries = (module.children ?? []).map((reflection) => entryOf(reflection, module.name));
    return entries.filter((entry) => entry !== null);
  });
}

function entryOf(named: DeclarationReflection, module: string): ApiEntry | null {
  // Of what several modules export, TypeDoc has the declaration in one of them, and references in the others.
  const reflection = named instanceof ReferenceReflection ? named.getTargetReflectionDeep() : named;
  const declaration = symbols.get(reflection)?.declarations?.[0];
  if (declaration === undefined || !(reflection instanceof DeclarationReflection)) return null;
  const file = relative(root, declaration.getSourceFile().fileName);
  // What another package exports is shown there.
  if (!file.startsWith(`packages/${packageOf(module)}/`)) return null;
  const signature = reflection.signatures?.[0];
  return {
    package: packageOf(module),
    name: named.name,
    kind: kindOf(reflection),
    node: module.endsWith('/node'),
    file,
    code: declarationText(declaration),
    doc: docOf(signature?.comment ?? reflection.comment),
    parameters: (signature?.parameters ?? []).flatMap(({name, comment}) => {
      const text = markdown(comment?.summary ?? []);
      return text === '' ? [] : [{name, text}];
    }),
  };
}

/** TypeDoc calls a module `packages/core/src` or `packages/results/src/node`. */
function packageOf(module: string): string {
  return module.split('/')[1] ?? module;
}

function kindOf({kind}: DeclarationReflection): ApiKind {
  if (kind === ReflectionKind.Function) return 'function';
  if (kind === ReflectionKind.Class) return 'class';
  return kind === ReflectionKind.Variable ? 'constant' : 'type';
}

function docOf(comment: Comment | undefined): ApiDoc {
  const tags = comment?.blockTags ?? [];
  const under = (tag: string): string[] =>
    tags
      .filter((each) => each.tag === tag)
      .map(({content, typeAnnotation = ''}) => {
        const type = typeAnnotation.replaceAll(/[{}]/g, '');
        return `${type === '' ? '' : `\`${type}\` `}${markdown(content)}`;
      });
  let source = '';
  /** A comment ends with its source, which TypeDoc takes for a part of the tag before it. */
  const withoutSource = (text: string): string => {
    const [own = '', from] = text.split(/\n+(?=Source: )/);
    source ||= from ?? '';
    return own;
  };
  const summary = withoutSource(markdown(comment?.summary ?? []));
  return {
    summary,
    returns: under('@returns').map(withoutSource)[0] ?? '',
    throws: under('@throws').map(withoutSource),
    examples: under('@example'),
    remarks: under('@remarks').map(withoutSource),
    source,
  };
}

/** Links within the packages have addresses of the form `api:<package>#<name>`. */
function markdown(parts: readonly CommentDisplayPart[]): string {
  return parts
    .map((part) => {
      if (part.kind !== 'inline-tag' || part.tag !== '@link') return part.text;
      if (typeof part.target === 'string') return `[${part.text}](${part.target})`;
      if (!(part.target instanceof Reflection)) return `\`${part.text}\``;
      let top = part.target;
      while (top.parent !== undefined && !top.parent.kindOf(ReflectionKind.Module)) top = top.parent;
      return `[\`${part.text}\`](api:${packageOf(top.parent?.name ?? '')}#${top.name})`;
    })
    .join('')
    .trim();
}
