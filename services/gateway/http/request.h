/* What libmicrohttpd calls during a connection and its requests. Private to http/. */
#ifndef HV_GATEWAY_REQUEST_H
#define HV_GATEWAY_REQUEST_H
#include <microhttpd.h>

void request_on_connection(void *server, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what);
void *request_on_target(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result request_on_call(void *server, struct MHD_Connection *connection, const char *url, const char *verb, const char *version,
                                const char *upload, size_t *upload_size, void **context);
void request_on_completed(void *server, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how);

#endif
