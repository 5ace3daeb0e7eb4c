/* See pdf_tree.h. Objects of tags have numbers in a row, so a tag's number is the first one's and its place in the tree. */
#include "common/doc/pdf_tree.h"

#include <assert.h>

#include "common/base/alloc.h"

enum { NODES_MIN = 256 };

struct pdf_node {
    const char *tag, *scope;            /* scope: of a heading in a table; NULL: it is none */
    const char *numbering;              /* of a list; NULL: it is none */
    unsigned parent, first, last, next; /* 0: none */
    unsigned piece, last_piece;         /* of a leaf; 0: none */
};
struct pdf_piece { /* of a page: what is marked with this number there */
    unsigned node, page, mark;
    unsigned next; /* of the same leaf; 0: none */
};

static unsigned node_new(struct pdf_tree *tree, const char *tag)
{
    if (tree->count == tree->cap) {
        tree->cap = tree->cap > 0 ? 2 * tree->cap : NODES_MIN;
        tree->nodes = mem_grow(tree->nodes, tree->cap, sizeof *tree->nodes);
    }
    const unsigned at = tree->count++;
    tree->nodes[at] = (struct pdf_node){.tag = tag, .parent = tree->open};
    if (at == 0)
        return at;
    struct pdf_node *parent = &tree->nodes[tree->open];
    if (parent->first == 0)
        parent->first = at;
    else
        tree->nodes[parent->last].next = at;
    parent->last = at;
    return at;
}

static unsigned piece_new(struct pdf_tree *tree, unsigned leaf)
{
    if (tree->piece_count == tree->piece_cap) {
        tree->piece_cap = tree->piece_cap > 0 ? 2 * tree->piece_cap : NODES_MIN;
        tree->pieces = mem_grow(tree->pieces, tree->piece_cap, sizeof *tree->pieces);
    }
    const unsigned at = tree->piece_count++;
    tree->pieces[at] = (struct pdf_piece){.node = leaf, .page = tree->page, .mark = tree->marks};
    return at;
}

void pdf_tree_init(struct pdf_tree *tree)
{
    *tree = (struct pdf_tree){.count = 0};
    (void)node_new(tree, "Document");
    (void)piece_new(tree, 0);
}

void pdf_tree_fini(struct pdf_tree *tree)
{
    mem_free(tree->nodes);
    mem_free(tree->pieces);
    *tree = (struct pdf_tree){.count = 0};
}

void pdf_tree_begin(struct pdf_tree *tree, const char *tag)
{
    tree->open = node_new(tree, tag);
}

void pdf_tree_list(struct pdf_tree *tree, const char *numbering)
{
    pdf_tree_begin(tree, "L");
    tree->nodes[tree->open].numbering = numbering;
}

void pdf_tree_end(struct pdf_tree *tree)
{
    assert(tree->open != 0);
    tree->open = tree->nodes[tree->open].parent;
}

unsigned pdf_tree_mark(struct pdf_tree *tree, const char *tag)
{
    const unsigned leaf = node_new(tree, tag);

    return pdf_tree_more(tree, leaf);
}

unsigned pdf_tree_more(struct pdf_tree *tree, unsigned leaf)
{
    const unsigned at = piece_new(tree, leaf);
    struct pdf_node *node = &tree->nodes[leaf];

    assert(leaf > 0 && node->first == 0);
    if (node->piece == 0)
        node->piece = at;
    else
        tree->pieces[node->last_piece].next = at;
    node->last_piece = at;
    tree->leaf = leaf;
    return tree->marks++;
}

void pdf_tree_scope(struct pdf_tree *tree, const char *scope)
{
    tree->nodes[tree->leaf].scope = scope;
}

void pdf_tree_page(struct pdf_tree *tree)
{
    tree->page++;
    tree->marks = 0;
}

/* --- writing ----------------------------------------------------------------------------------------------------------- */
struct writing {
    const struct pdf_tree *tree;
    const unsigned *pages;
    unsigned root, base; /* base: the document's number */
};

static void add_reference(struct buf *out, unsigned number)
{
    pdf_integer(out, number);
    buf_text(out, " 0 R");
}

/* A mark of the page that the tag names is its number; one of another page names that page too. */
static void write_pieces(const struct writing *w, const struct pdf_node *node, struct buf *out)
{
    const unsigned page = w->tree->pieces[node->piece].page;

    for (unsigned i = node->piece; i != 0; i = w->tree->pieces[i].next) {
        const struct pdf_piece *piece = &w->tree->pieces[i];

        if (piece->page != page) {
            buf_text(out, "<</Type/MCR/Pg ");
            add_reference(out, w->pages[piece->page]);
            buf_text(out, "/MCID ");
        }
        pdf_integer(out, piece->mark);
        buf_text(out, piece->page != page ? ">>" : " ");
    }
}

static void write_node(const struct writing *w, unsigned i, struct buf *out)
{
    const struct pdf_node *node = &w->tree->nodes[i];

    buf_text(out, "<</S/");
    buf_text(out, node->tag);
    buf_text(out, "/P ");
    add_reference(out, i == 0 ? w->root : w->base + node->parent);
    if (node->scope != NULL) {
        buf_text(out, "/A<</O/Table/Scope/");
        buf_text(out, node->scope);
        buf_text(out, ">>");
    }
    if (node->numbering != NULL)
        buf_printf(out, "/A<</O/List/ListNumbering/%s>>", node->numbering);
    if (node->piece != 0) {
        buf_text(out, "/Pg ");
        add_reference(out, w->pages[w->tree->pieces[node->piece].page]);
    }
    buf_text(out, "/K[");
    write_pieces(w, node, out);
    for (unsigned kid = node->first; kid != 0; kid = w->tree->nodes[kid].next) {
        add_reference(out, w->base + kid);
        buf_u8(out, ' ');
    }
    buf_text(out, "]>>");
}

/* From the page and the mark back to the tag. Every page has its row, one without marks an empty one. */
static void write_backwards(const struct writing *w, struct buf *out)
{
    unsigned piece = 1;

    buf_text(out, "<</Nums[");
    for (unsigned page = 0; page <= w->tree->page; page++) {
        pdf_integer(out, page);
        buf_u8(out, '[');
        for (; piece < w->tree->piece_count && w->tree->pieces[piece].page == page; piece++) {
            add_reference(out, w->base + w->tree->pieces[piece].node);
            buf_u8(out, ' ');
        }
        buf_u8(out, ']');
    }
    buf_text(out, "]>>");
}

unsigned pdf_tree_write(const struct pdf_tree *tree, struct pdf_file *file, const unsigned *pages)
{
    struct writing w = {.tree = tree, .pages = pages, .root = pdf_file_number(file)};
    const unsigned backwards = pdf_file_number(file);

    w.base = pdf_file_number(file);
    for (unsigned i = 1; i < tree->count; i++)
        (void)pdf_file_number(file);
    buf_printf(pdf_file_object(file, w.root), "<</Type/StructTreeRoot/K[%u 0 R]/ParentTree %u 0 R/ParentTreeNextKey %u>>", w.base,
               backwards, tree->page + 1);
    write_backwards(&w, pdf_file_object(file, backwards));
    for (unsigned i = 0; i < tree->count; i++)
        write_node(&w, i, pdf_file_object(file, w.base + i));
    return w.root;
}
