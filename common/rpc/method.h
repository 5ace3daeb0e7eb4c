/* The methods a server knows, found by name. Made once at open, then only read: any thread. */
#ifndef HV_RPC_METHOD_H
#define HV_RPC_METHOD_H
#include <stddef.h>

#include "common/work/job.h"

struct method_table;

struct method_table *method_table_new(size_t capacity); /* room for this many methods */
void method_table_free(struct method_table *table);
void method_add(struct method_table *table, const struct work_case *kase); /* the case must outlive the table */
/* NULL: there is no such method. Cases for events are not methods. */
const struct work_case *method_find(const struct method_table *table, const char *name);

#endif
