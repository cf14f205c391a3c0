import ts from 'typescript';

/** A declaration as it stands in the source, without bodies, initial values and what is private. */
export function declarationText(declaration: ts.Declaration): string {
  if (ts.isFunctionDeclaration(declaration)) return headOf(declaration);
  if (ts.isVariableDeclaration(declaration)) return variableText(declaration);
  if (ts.isClassDeclaration(declaration)) return classText(declaration);
  return unexported(declaration.getText());
}

function unexported(text: string): string {
  return text.replace(/^export (?:declare )?/, '').replace(/;$/, '');
}

/** What stands before the body. */
function headOf(declaration: ts.FunctionLikeDeclaration): string {
  const text = declaration.getText();
  const body = declaration.body;
  const end = body === undefined ? text.length : body.getStart() - declaration.getStart();
  return unexported(text.slice(0, end).trimEnd());
}

function variableText(declaration: ts.VariableDeclaration): string {
  const name = declaration.name.getText();
  if (declaration.type !== undefined) return `const ${name}: ${declaration.type.getText()}`;
  return unexported(`const ${declaration.getText()}`);
}

function classText(declaration: ts.ClassDeclaration): string {
  const {members, heritageClauses = []} = declaration;
  const source = declaration.getSourceFile();
  const heritage = heritageClauses.map((clause) => ` ${clause.getText()}`).join('');
  const generics = declaration.typeParameters?.map((each) => each.getText()).join(', ');
  const head = `class ${declaration.name?.text ?? ''}${generics === undefined ? '' : `<${generics}>`}${heritage}`;
  const lines = members.filter(isPublic).map((member) => {
    const [comment] = ts.getLeadingCommentRanges(source.text, member.pos) ?? [];
    const said = comment === undefined ? '' : `  ${source.text.slice(comment.pos, comment.end)}\n`;
    return `${said}  ${memberText(member)};`;
  });
  return [`${head} {`, ...lines, '}'].join('\n');
}

function isPublic(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  if (ts.isClassStaticBlockDeclaration(member)) return false;
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0;
}

function memberText(member: ts.ClassElement): string {
  if (ts.isPropertyDeclaration(member) && member.initializer !== undefined) {
    const end = member.initializer.getStart() - member.getStart();
    return member
      .getText()
      .slice(0, end)
      .replace(/\s*=\s*$/, '');
  }
  return ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member) || ts.isAccessor(member)
    ? headOf(member)
    : member.getText().replace(/;$/, '');
}
