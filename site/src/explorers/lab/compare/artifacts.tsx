/** Files of the pinned runs, where and with what they were made, and the commands that make them again. */
import type {RunRecord} from '@minefield/results';
import {type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {siteRoot} from '../../data/site-root.ts';
import {type LabRecords, loadLabRecords} from '../data/lab-file.ts';
import {CommandLine} from '../command-line.tsx';
import {runCommand} from './command.ts';
import type {Pinned} from './pinned.ts';

interface Props {
  readonly pinned: readonly Pinned[];
  readonly runs: ReadonlyMap<string, RunRecord | null>;
  readonly fault: Signal<string>;
}

export function Artifacts({pinned, runs, fault}: Props) {
  const records = useSignal<LabRecords>({});
  useEffect(() => {
    loadLabRecords().then(
      (all) => (records.value = all),
      (error: Error) => (fault.value = error.message),
    );
  }, []);
  return (
    <section class="lab-part">
      <h4>Files, provenance, and the command</h4>
      <ul class="lab-artifacts">
        {pinned.map((one) => {
          const {id, mark, name, experiment} = one;
          const provenance = runs.get(id)?.provenance;
          return (
            <li key={id}>
              <p>
                <strong>{mark.letter}</strong> <a href={`${siteRoot()}runs/${id}.html`}>{name}</a>
              </p>
              <p class="lab-files">
                {Object.entries(records.value[id] ?? {}).map(([kind, path]) => (
                  <a key={kind} href={siteRoot() + path} download>
                    {kind === 'checkpoint' ? 'weights' : kind}
                  </a>
                ))}
                {records.value[id] !== undefined && records.value[id]?.['checkpoint'] === undefined && (
                  <span>weights may not be passed on, or were not kept</span>
                )}
              </p>
              {provenance !== undefined && (
                <p class="lab-note">
                  {provenance.createdAt.slice(0, 10)}, {provenance.wallSeconds} s on{' '}
                  {provenance.machine.cores} cores ({provenance.machine.cpu}), {provenance.backend.name}{' '}
                  {provenance.backend.kernels ?? ''}, Node.js {provenance.node}, commit{' '}
                  {provenance.gitCommit === null ? 'unknown' : provenance.gitCommit.slice(0, 12)}
                  {provenance.gitDirty && ' (modified)'}
                </p>
              )}
              <CommandLine label={`Command that makes ${name} again`} text={runCommand(experiment, one)} />
              {!experiment.builtIn && (
                <p class="lab-note">
                  <code>{experiment.name}.json</code> is the <code>spec</code> of{' '}
                  <a href={siteRoot() + experiment.record}>the experiment's record</a>.
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
