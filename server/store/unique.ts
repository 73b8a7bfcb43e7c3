/** Whether a write failed because a row with this unique value is there already. Prisma's class is not one across module copies; its code is. */
export const isDuplicate = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002'
