/** Single examples: which networks get each of them right. */
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect} from 'preact/hooks';
import {wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {Choice} from '../../ui/choice.tsx';
import {type LabExamples, loadLabExamples} from '../data/lab-file.ts';
import {PictureTable} from './picture-table.tsx';
import {PointExamples} from './point-examples.tsx';
import '../lab.css';
import './examples.css';

interface Props {
  /** What is there before any script, and without. */
  readonly children?: ComponentChildren;
}

export function Examples({children}: Props) {
  const examples = useSignal<LabExamples | null>(null);
  const fault = useSignal('');
  const kind = useUrlState('lab.examples', 'points', wordCodec(['points', 'pictures']));
  useEffect(() => {
    loadLabExamples().then(
      (all) => (examples.value = all),
      (error: Error) => (fault.value = error.message),
    );
  }, []);
  if (examples.value === null) {
    return (
      <div class="lab lab-examples">
        {children}
        <p class="explorer-status" role="status">
          {fault.value}
        </p>
      </div>
    );
  }
  const {plane, pictures} = examples.value;
  const both = plane.length > 0 && pictures.length > 0;
  const showPictures = pictures.length > 0 && (kind.value === 'pictures' || plane.length === 0);
  return (
    <div class="lab lab-examples">
      {both && (
        <div class="lab-kind">
          <Choice
            label="Examples"
            value={kind}
            options={[
              {value: 'points', label: 'points of the plane'},
              {value: 'pictures', label: 'pictures'},
            ]}
          />
        </div>
      )}
      {showPictures ? (
        <PictureTable sets={pictures} />
      ) : plane.length > 0 ? (
        <PointExamples sets={plane} />
      ) : (
        children
      )}
    </div>
  );
}
