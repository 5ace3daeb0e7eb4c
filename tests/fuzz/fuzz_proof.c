/* Fuzz entry for a proof of work, which anybody may send: the header's own text, and once more the bytes as the JSON that its base64 holds.
 * None of it can be a right solution, for nobody has signed it. Run: as fuzz_json. */
#include <sodium.h>
#include <string.h>

#include "common/base/alloc.h"
#include "services/gateway/route/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct proof_terms TERMS = {.key = {{1, 2, 3}}, .most = 50000};
    char text[2 * PROOF_TEXT_MOST];
    struct proof_solution solution;
    if (sodium_init() < 0)
        bug("libsodium does not start");
    if (proof_check(&TERMS, span_of(data, size), 0, &solution) != PROOF_WRONG)
        bug("a proof nobody signed is taken");
    if (size > PROOF_TEXT_MOST)
        return 0;
    sodium_bin2base64(text, sizeof text, data, size, sodium_base64_VARIANT_ORIGINAL);
    if (proof_check(&TERMS, span_text(text), 0, &solution) != PROOF_WRONG)
        bug("a proof nobody signed is taken");
    return 0;
}
