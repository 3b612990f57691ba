// Tells Order Desk what happened: the event's name and ids, signed over the body (HMAC-SHA256, hex, header x-signature).
// ORDER_DESK_HOOK_URL is https://<centre>/v1/hooks/<connector>, ORDER_DESK_HOOK_SECRET what its connectors.toml has too.
const crypto = require('crypto')

module.exports = {
  default: async function tellOrderDesk({ event }) {
    const url = process.env.ORDER_DESK_HOOK_URL
    if (!url) return
    const body = JSON.stringify({ name: event.name, data: event.data, metadata: event.metadata })
    const signature = crypto.createHmac('sha256', process.env.ORDER_DESK_HOOK_SECRET).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-signature': signature }
    const reply = await fetch(url, { method: 'POST', headers, body })
    // An error makes an event bus that keeps events (Redis) send it again; the connector's own looks find it too.
    if (reply.status >= 500) throw new Error(`order desk: ${reply.status}`)
  },
  config: {
    event: [
      'order.placed', 'order.updated', 'order.canceled', 'order.completed', 'order.fulfillment_created',
      'order.fulfillment_canceled', 'order.return_requested', 'order.return_received', 'shipment.created',
      'delivery.created', 'payment.captured', 'payment.refunded',
    ],
  },
}
