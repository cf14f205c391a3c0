/** Every figure of the site, made from the records once in a build. */
import type {TopLevelSpec} from 'vega-lite';

export interface SiteFigure {
  /** Its name, and that of its file. */
  readonly id: string;
  readonly spec: TopLevelSpec;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

export function figures(): Promise<ReadonlyMap<string, SiteFigure>> {
  return Promise.resolve(new Map());
}
