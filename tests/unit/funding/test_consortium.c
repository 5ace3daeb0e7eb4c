/* Partners and amounts: sums that cannot overflow, and contacts that stay the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/funding/domain/consortium.h"
#include "services/funding/domain/money.h"

static struct partner partners[2] = {{.business_id = "0245458-3", .cents = 100}, {.business_id = "1234567-1", .cents = 50}};
static struct budget_line lines[2] = {{.cents = 120}, {.cents = 80}};
static struct funding_share shares[3] = {
    {.kind = SHARE_GRANT, .cents = 150}, {.kind = SHARE_OWN, .cents = 30}, {.kind = SHARE_MUNICIPAL, .cents = 20}};
static struct work_package packages[1] = {{.cents = 200}};
static const struct consortium WHOLE = {.partners = partners,
                                        .partner_count = 2,
                                        .lines = lines,
                                        .line_count = 2,
                                        .shares = shares,
                                        .share_count = 3,
                                        .packages = packages,
                                        .package_count = 1};

static void test_sums(void **state)
{
    const struct consortium_sums sums = consortium_sum(&WHOLE), none = consortium_sum(&(const struct consortium){.partner_count = 0});

    (void)state;
    assert_int_equal(sums.partners, 150);
    assert_int_equal(sums.lines, 200);
    assert_int_equal(sums.shares, 200);
    assert_int_equal(sums.packages, 200);
    assert_int_equal(sums.grant, 150);
    assert_int_equal(sums.own, 50);
    assert_int_equal(sums.grant_rows, 1);
    assert_false(sums.overflow);
    assert_int_equal(none.shares, 0);
    assert_int_equal(none.grant_rows, 0);
}

static void test_overflow(void **state)
{
    struct budget_line much[2] = {{.cents = MONEY_MAX}, {.cents = 1}};

    (void)state;
    assert_true(consortium_sum(&(const struct consortium){.lines = much, .line_count = 2}).overflow);
    assert_false(consortium_sum(&(const struct consortium){.lines = much, .line_count = 1}).overflow);
    much[0].cents = -1;
    assert_true(consortium_sum(&(const struct consortium){.lines = much, .line_count = 1}).overflow);
    much[0].cents = INT64_MAX;
    assert_true(consortium_sum(&(const struct consortium){.lines = much, .line_count = 2}).overflow);
}

static void test_contacts(void **state)
{
    const struct uuid a = {{1}}, b = {{2}};
    struct partner rows[2] = {{.business_id = "0245458-3", .contact_id = partner_contact(a, "0245458-3")},
                              {.business_id = "1234567-1", .contact_id = partner_contact(a, "1234567-1")}};
    const struct consortium c = {.partners = rows, .partner_count = 2};

    (void)state;
    assert_int_equal(uuid_compare(partner_contact(a, "1234567-1"), rows[1].contact_id), 0);
    assert_int_not_equal(uuid_compare(rows[0].contact_id, rows[1].contact_id), 0);
    assert_int_not_equal(uuid_compare(partner_contact(b, "1234567-1"), rows[1].contact_id), 0);
    assert_ptr_equal(consortium_contact(&c, rows[1].contact_id), &rows[1]);
    assert_null(consortium_contact(&c, b));
}

/* Who stands for several partners is one contact: by the address, as people write it. An address that is missing is nobody's. */
static void test_one_address_one_contact(void **state)
{
    const struct uuid a = {{1}}, owner = {{7}};
    struct partner rows[6] = {{.business_id = "0245458-3", .contact_email = "lea@example.fi"},
                              {.business_id = "1234567-1", .contact_email = "sven@example.fi"},
                              {.business_id = "2345678-0", .contact_email = "Sven@Example.fi"},
                              {.business_id = "3456780-6", .contact_email = "LEA@example.fi"},
                              {.business_id = "3456781-4", .contact_email = ""},
                              {.business_id = "7654321-4", .contact_email = ""}};
    struct consortium c = {.partners = rows, .partner_count = 6};

    (void)state;
    consortium_set_contacts(&c, a, owner);
    assert_int_equal(uuid_compare(rows[0].contact_id, owner), 0);
    assert_int_equal(uuid_compare(rows[1].contact_id, partner_contact(a, "1234567-1")), 0);
    assert_int_equal(uuid_compare(rows[2].contact_id, rows[1].contact_id), 0);
    assert_int_equal(uuid_compare(rows[3].contact_id, owner), 0);
    assert_int_equal(uuid_compare(rows[4].contact_id, partner_contact(a, "3456781-4")), 0);
    assert_int_equal(uuid_compare(rows[5].contact_id, partner_contact(a, "7654321-4")), 0);
    assert_ptr_equal(consortium_contact(&c, rows[2].contact_id), &rows[1]); /* told once: as the first */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sums),     /* each by itself, the grant apart from the rest */
                                       cmocka_unit_test(test_overflow), /* more than money may be is said, not added */
                                       cmocka_unit_test(test_contacts), /* of application and organisation, and of nothing else */
                                       cmocka_unit_test(test_one_address_one_contact)};
    return cmocka_run_group_tests_name("funding consortium", tests, NULL, NULL);
}
