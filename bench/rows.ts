import type { Row } from './row.ts'

/** Every row of the bench, in the order in which they run. A row is loaded in a process of its own, when it is its turn. */
export const rows: Row[] = [
  {
    id: 'B1',
    name: 'log',
    title: 'What log() costs the training',
    atMost: { quick: 90, full: 1200 },
    peers: ['wandb', 'trackio', 'tensorboardX'],
    load: async () => (await import('./log/index.ts')).benchLog,
  },
  {
    id: 'B2',
    name: 'ingest',
    also: ['B3', 'B4'],
    title: 'Durable ingest through the socket; bytes a point at rest and on the wire (B3, B4)',
    atMost: { quick: 120, full: 2100 },
    peers: ['mlflow', 'trackio', 'wandb', 'tensorboardX', 'aim'],
    load: async () => (await import('./ingest/index.ts')).benchIngest,
  },
  {
    id: 'B5',
    name: 'latency',
    title: 'From log() to the pixel',
    atMost: { quick: 90, full: 300 },
    load: async () => (await import('./latency/index.ts')).benchLatency,
  },
  {
    id: 'B11',
    name: 'browser',
    title: 'A board in the browser: first screen, compare, zoom, hover, live scrolling (B6, B8, B10, B12)',
    atMost: { quick: 240, full: 2700 },
    load: async () => (await import('./browser/index.ts')).benchBrowser,
  },
  {
    id: 'B13',
    name: 'viewers',
    title: '500 viewers of one live run: what they cost the server, and ingest beside them',
    atMost: { quick: 120, full: 400 },
    load: async () => (await import('./viewers/index.ts')).benchViewers,
  },
  {
    id: 'B7',
    name: 'read',
    title: 'Reading: exact, overview, truth of the picture, growth (B15)',
    atMost: { quick: 180, full: 900 },
    load: async () => (await import('./read/index.ts')).benchRead,
  },
]
