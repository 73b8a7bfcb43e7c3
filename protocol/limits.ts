import { WHOLE_MAX } from './bytes.ts'

/** Spoken by agents and servers in their first words. */
export const PROTOCOL_VERSION = 1
/** A frame in bytes; well under Socket.IO's 1 MB, above which it closes the socket and drops the event. */
export const FRAME_BYTES_MAX = 65_536
/** Points of a frame: some codings take no bytes a point, so that bytes alone would not bound memory. */
export const FRAME_POINTS_MAX = 65_536
/** Steps and times are whole numbers within ±this. */
export const STEP_MAX = WHOLE_MAX
/** Frames of a socket that are not answered yet. */
export const FRAMES_IN_FLIGHT_MAX = 16
/** Bytes of the items of one `meta` event, as JSON. */
export const META_BYTES_MAX = 262_144
/** How often an agent beats, and how long the server waits for a word before a run is lost. */
export const BEAT_MS = 10_000
export const LEASE_MS = 45_000
