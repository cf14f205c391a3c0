/** What a project made by `minefield new` says of itself. */
export function readme(name: string): string {
  return `# ${name}

An experiment on the minima of neural networks, after "Understanding Generalization through Visualizations"
(Huang et al., arXiv 1906.03291): small networks learn two spirals, with more and more poison, and the basins around
what they find are measured.

    npm install
    npm run run        # two minutes: trains and measures; again, it does what is missing
    npm run verify     # the paper's claims against your records; ends with 1 where one fails
    npm run figures    # figures.html: all figures in one file
    npm run open       # the same, and shows it

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

A misspelt key is refused, with the keys that there are. \`npx minefield run spec.json --dry-run\` says what a spec costs
before it runs; \`npx minefield run toy --profile full --dry-run\` shows the size that the paper has.

## What comes of it

- \`results/${name}/\`: a record for each network and each measurement, as JSON. Commit them: they are the results.
- \`npx minefield figure --list\` names the figures; \`npx minefield figure volume --experiment ${name} --out volume.svg\` writes
  one for a paper.
- \`npx minefield export --table volumes --out volumes.csv\` writes tables for pandas, DuckDB or a spreadsheet.
- \`npx minefield --help\` lists the rest.
`;
}
