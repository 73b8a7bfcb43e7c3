export { BusyError } from '../../store/points.ts'
export { type Appended, appendPoints } from './append-points.ts'
export { onCommitted, pointsOf } from './points-of.ts'
