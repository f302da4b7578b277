package io.github.itemseal.internal.expression;

/** What stands between parentheses: a {@link Condition}, or an {@link Operand} of one. */
sealed interface SyntaxNode permits Condition, Operand {}
