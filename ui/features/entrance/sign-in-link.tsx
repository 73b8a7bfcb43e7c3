import Link from 'next/link'

export function SignInLink({ next }: { next: string }) {
  return (
    <>
      You have an account?{' '}
      <Link href={`/login?next=${encodeURIComponent(next)}`} className="text-accent hover:underline">
        Sign in
      </Link>
    </>
  )
}
