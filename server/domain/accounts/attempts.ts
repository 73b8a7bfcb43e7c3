import { RateLimiterMemory } from 'rate-limiter-flexible'
import { limit } from '../../errors.ts'
import { once } from '../../store/once.ts'

const minutes = 60

const limiters = () =>
  once('accounts.attempts', () => ({
    account: new RateLimiterMemory({ points: 10, duration: 5 * minutes }),
    address: new RateLimiterMemory({ points: 100, duration: 5 * minutes }),
  }))

/**
 * Counts a try at a secret of `account` from `address`, and refuses when there were too many, whether the account exists or not.
 * Returns what takes the count back when the try was right: only failures add up.
 */
export async function countAttempt(account: string, address: string): Promise<() => Promise<void>> {
  const { account: accounts, address: addresses } = limiters()
  try {
    await addresses.consume(address)
    await accounts.consume(account)
  } catch (refusal) {
    const ms = (refusal as { msBeforeNext?: number }).msBeforeNext ?? 0
    const seconds = Math.max(1, Math.ceil(ms / 1000))
    throw limit(`Too many tries. Try again in ${seconds} s`, { retryAfter: seconds })
  }
  return async () => {
    await Promise.all([addresses.reward(address), accounts.delete(account)])
  }
}
