import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { User } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { isDuplicate } from '../../store/unique.ts'
import { append } from '../audit/index.ts'
import { emailSchema, personName } from './email.ts'
import { passwordSchema } from './password.ts'

export const newUser = z.strictObject({ name: personName, email: emailSchema, password: passwordSchema })
export type NewUser = z.output<typeof newUser>

export interface UserRow {
  name: string
  email: string
  passwordHash?: string | undefined
}

/** Part of the verbs that make a person; each of them has said who may. */
export async function insertUser(ctx: Ctx, tx: Tx, row: UserRow): Promise<User> {
  try {
    const user = await tx.prisma.user.create({ data: { id: randomUUID(), ...row } })
    await append(ctx, tx, { action: 'user.create', target: user.id })
    return user
  } catch (error) {
    if (isDuplicate(error)) throw conflict('This e-mail address has an account already')
    throw error
  }
}
