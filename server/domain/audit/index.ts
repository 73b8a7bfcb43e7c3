export { append, type Deed } from './append.ts'
