import {expect, it} from 'vitest';
import {stretchesOf} from './marked.ts';

it('takes an excerpt apart at its marks, and reads nothing else of it as HTML', () => {
  expect(stretchesOf('how far the <mark>basin</mark> of Map&lt;string&gt; &amp;amp; <b>reaches</b>')).toEqual(
    [
      {text: 'how far the ', found: false},
      {text: 'basin', found: true},
      {text: ' of Map<string> &amp; <b>reaches</b>', found: false},
    ],
  );
  expect(stretchesOf('<mark>all</mark>')).toEqual([{text: 'all', found: true}]);
});
