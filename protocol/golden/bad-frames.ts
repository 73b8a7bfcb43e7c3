import { encodeFrame } from '../encode-frame.ts'
import { FRAMES } from './frames.ts'

/** Frames that readers refuse; `error` is the section that their sentence begins with. */
export const BAD_FRAMES: { name: string; error: string; bytes: () => Uint8Array }[] = [
  bad('magic', 'header', 'one-point', 0, 0),
  bad('version', 'header', 'one-point', 4, 2),
  bad('seq-range', 'header', 'one-point', 24, 9),
  bad('points-for-seqs', 'shapes', 'one-point', 32, 1),
  bad('key-of-nothing', 'keys', 'one-point', 64, 0),
  bad('key-not-utf8', 'keys', 'one-point', 68, 0xff),
  bad('key-number', 'shapes', 'one-point', 80, 1),
  bad('no-rows', 'shapes', 'one-point', 76, 0),
  bad('coding', 'steps of shape 0', 'one-point', 88, 7),
  bad('column-length', 'times of shape 0', 'one-point', 108, 16),
  bad('step-too-large', 'steps of shape 0', 'one-point', 102, 0x20),
  bad('hole-out-of-place', 'holes', 'only-holes', 64, 9),
  { name: 'cut', error: 'column', bytes: () => encode('hard-values').subarray(0, -8) },
  {
    name: 'bytes-left',
    error: 'columns',
    bytes: () => {
      const bytes = encode('one-point')
      const longer = new Uint8Array(bytes.length + 8)
      longer.set(bytes)
      return longer
    },
  },
]

function bad(name: string, error: string, of: string, at: number, byte: number) {
  return {
    name,
    error,
    bytes: () => {
      const bytes = encode(of)
      bytes[at] = byte
      return bytes
    },
  }
}

function encode(name: string): Uint8Array {
  return encodeFrame(FRAMES.find(frame => frame.name === name)!.frame)
}
