/* Every size that comes from outside is bounded here, before anything is allocated for it. */
#ifndef HV_WIRE_LIMITS_H
#define HV_WIRE_LIMITS_H

#define WIRE_MESSAGE_MAX      1048576 /* 1 MiB: one NNG message: NNG_OPT_RECVMAXSZ of every endpoint, bytes */
#define WIRE_PAYLOAD_MAX      327680  /* 320 KiB: payload of one request or reply; a Fetch of WIRE_FETCH_BYTES and its framing fit */
#define WIRE_BATCH_BYTES      524288  /* 512 KiB: a sender closes a batch at about this size */
#define WIRE_BATCH_REQUESTS   256     /* and at this many requests */
#define WIRE_EVENT_INLINE_MAX 65536   /* 64 KiB: a larger payload goes out as fetch_me */
#define WIRE_FETCH_EVENTS     500     /* of one Fetch */
#define WIRE_FETCH_BYTES      262144  /* 256 KiB */
#define WIRE_TOPIC_MAX        64      /* bytes, NUL included */
#define WIRE_KEY_MAX          64      /* idempotency key, bytes */
#define WIRE_DEPTH_MAX        16      /* nesting of messages and of JSON */
#define WIRE_REPEATED_MAX     2000    /* elements of one repeated field in JSON */
#define WIRE_PARTS_MAX        16384   /* messages inside one message, all levels together: bounds what decoding may allocate */

#endif
