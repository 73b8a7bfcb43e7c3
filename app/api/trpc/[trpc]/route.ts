import { handleTrpc } from '@/server/doors/trpc/handle-trpc'

export { handleTrpc as GET, handleTrpc as POST }
