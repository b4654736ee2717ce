/** What the map of units and requirements is drawn from. */

export type HeatRow = {
  id: string;
  name: string;
  token: string;
  /** Its clause, and when it is due next. */
  about?: string;
  /** Points lost by all units; null where it counts for none of them. */
  lost: number | null;
};
export type HeatColumn = {
  id: string;
  name: string;
  group: string;
  /** Points lost in all. */
  lost: number;
  rank?: number | null;
};
/** 0..1 and points of the total; null = not due, or not counted. */
export type HeatCell = {
  attainment: number | null;
  lost: number | null;
  /** Points lost over the whole year; absent where that is not shown beside, or is what `lost` is. */
  year?: number | null;
};
/** A cell: the column's place, then the row's. */
export type HeatPlace = { x: number; y: number };

export type HeatInput = {
  rows: readonly HeatRow[];
  columns: readonly HeatColumn[];
  /** By row, then column. */
  cells: readonly (readonly HeatCell[])[];
  /** The most that any unit loses by one requirement, drawn here or not: one scale for all of them. */
  most: number;
  selected: HeatPlace | null;
  /** A part of the map on a sheet: names in small type, those of rows on several lines. */
  paper: boolean;
  /** Of the map in pixels, where it is known. */
  width?: number;
  /** Names of rows on more lines, where room is short on screen. */
  tight?: boolean;
};
