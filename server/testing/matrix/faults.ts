/** Where a door and the policy disagree. */
export interface Fault {
  call: string
  fault: string
}

export const sentences = (faults: Fault[]) => faults.map(({ call, fault }) => `${call}: ${fault}`)

/** A text that nothing holds by chance. */
export const newMarker = () => `canary${crypto.randomUUID().replaceAll('-', '')}`
