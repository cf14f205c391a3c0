/** The Vega-Lite specification of each figure, data included: for interactive figures, and for readers to take away. */
import type {APIRoute, GetStaticPaths} from 'astro';
import type {SiteFigure} from '../../lib/drawn.ts';
import {allFigures} from '../../lib/figures.ts';

export const getStaticPaths: GetStaticPaths = async () =>
  (await allFigures()).map((figure) => ({params: {id: figure.id}, props: {figure}}));

export const GET: APIRoute<{figure: SiteFigure}> = ({props}) => Response.json(props.figure.spec);
