import {type ReadonlySignal, type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {type ExplorerExperiment, loadExperiment} from './experiment.ts';

/** What the site knows of an experiment, null until it has come; what goes wrong is put into `status`. */
export function useExperiment(
  name: string,
  status: Signal<string>,
): ReadonlySignal<ExplorerExperiment | null> {
  const experiment = useSignal<ExplorerExperiment | null>(null);
  useEffect(() => {
    const load = async (): Promise<void> => {
      try {
        experiment.value = await loadExperiment(name);
      } catch (error) {
        status.value = (error as Error).message;
      }
    };
    void load();
    // A component belongs to one experiment, and its signals never change.
  }, [name]);
  return experiment;
}
