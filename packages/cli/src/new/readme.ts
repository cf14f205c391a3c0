export interface ReadmeOptions {
  /** Of the experiment. */
  readonly name: string;
  /** Whether the command comes from the registry; from a clone otherwise. */
  readonly isInstalled: boolean;
}

/** What a project made by `minefield new` says of itself. */
export function readme({name, isInstalled}: ReadmeOptions): string {
  const command = isInstalled ? 'npx minefield' : 'npm run -s minefield --';
  return `# ${name}

An experiment on the minima of neural networks, after "Understanding Generalization through Visualizations"
(Huang et al., arXiv 1906.03291): small networks learn two spirals, with more and more poison, and the basins around
what they find are measured.

${isInstalled ? '    npm install\n' : ''}    npm run run        # two minutes: trains and measures; again, it does what is missing
    npm run verify     # the paper's claims against your records; ends with 1 where one fails
    npm run figures    # figures.html: all figures in one file
    npm run open       # the same, and shows it
${isInstalled ? '' : FROM_A_CLONE}
## What to change first

Everything is in \`spec.json\`. After a change, \`npm run run\` makes what is new and keeps what is still true: a record is
found again by what it was made of.

- \`seeds\` and \`poisonFactors\`: how many networks. More seeds show how much of a difference is chance.
- \`recipe\`: how they are trained. \`steps\` is ten times fewer here than in the paper, so the worst minima do not fit their
  data to the end. \`optimizer\` may be \`{"name": "sgd", "momentum": 0.9}\`.
- \`model.hidden\`: the widths of the hidden layers.
- \`dataset\`: \`train\` points to learn, \`test\` to judge; \`turns\` of an arm (5/3 unless it is there) and \`noise\` (0.5)
  make the spirals harder.
- \`analyses\`: what is measured of each network. Leave one out and it costs nothing.

A misspelt key is refused, with the keys that there are. \`${command} run spec.json --dry-run\` says what a spec costs
before it runs; \`${command} run toy --profile full --dry-run\` shows the size that the paper has.

## What comes of it

- \`results/${name}/\`: a record for each network and each measurement, as JSON. Commit them: they are the results.
- \`${command} figure --list\` names the figures; \`${command} figure volume --experiment ${name} --out volume.svg\` writes
  one for a paper.
- \`${command} export --table volumes --out volumes.csv\` writes tables for pandas, DuckDB or a spreadsheet.
- In a clone of the repository, \`MINEFIELD_RESULTS=<this folder>/results npx -y pnpm@12 site\` makes the companion site of
  them, and \`npx -y pnpm@12 serve\` shows it.
- \`${command} --help\` lists the rest.
`;
}

const FROM_A_CLONE = `
A clone of the repository made this project, and its scripts start the command there: nothing is to be installed. To have
the command from the registry instead, \`npm install @minefield/cli\`, and make \`"minefield"\` of the script of that name.
`;
