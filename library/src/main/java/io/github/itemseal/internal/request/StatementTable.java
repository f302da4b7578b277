package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Finds the table of a PartiQL statement, where that is certain.
 *
 * <p>Source: the PartiQL reference of the DynamoDB developer guide. A statement has one table:
 * {@code INSERT INTO table …}, {@code UPDATE table …}, {@code DELETE FROM table …} and {@code
 * SELECT … FROM table …} or {@code FROM table.index …}, the table in double quotes or plain. A
 * statement counts as certain only if, outside its text literals and quoted names, the word before
 * the table stands once, so that no part of it can be another statement; if there are no comments;
 * and if the name is one that a table can have, or an ARN. Everything else is refused.
 */
final class StatementTable {
  private static final String STATEMENT = "Statement";

  /**
   * Quoted names, text literals, words, anything else; quotes are doubled inside quotes.
   * Possessive, since Java's matcher needs stack for each character of a repetition that it may
   * take back.
   */
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"]|\"\")*+\"|'(?:[^']|'')*+'|[A-Za-z0-9_$]+|\\s+|.", Pattern.DOTALL);

  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]+:table/[A-Za-z0-9_.-]{3,255}");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{2,254}");

  private StatementTable() {}

  /**
   * The tables of statements, in whichever member of their requests.
   *
   * @throws UnsupportedRequestException if one is not certain
   */
  static List<String> ofAll(List<? extends SdkPojo> statements) {
    return statements.stream().map(StatementTable::of).toList();
  }

  private static String of(SdkPojo request) {
    return Optional.ofNullable(request).stream()
        .flatMap(statement -> statement.sdkFields().stream())
        .filter(field -> field.memberName().equals(STATEMENT))
        .map((SdkField<?> field) -> field.getValueOrDefault(request))
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(text -> find(text.toString()))
        .orElseThrow(StatementTable::uncertain);
  }

  private static UnsupportedRequestException uncertain() {
    return new UnsupportedRequestException(
        FailureReason.OPERATION_REFUSED,
        FailureSubject.unknown(),
        "A PartiQL statement is refused: it is not certain which table it names, and it could be a"
            + " protected one. Write it as SELECT, INSERT, UPDATE or DELETE of one table in double"
            + " quotes, without comments; or use getItem, putItem, query or scan.");
  }

  /** The table's name or ARN, if it is certain. */
  static Optional<String> find(String statement) {
    List<String> tokens =
        TOKEN
            .matcher(statement)
            .results()
            .map(result -> result.group())
            .filter(token -> !token.isBlank())
            .toList();
    if (tokens.isEmpty() || isDoubtful(tokens)) {
      return Optional.empty();
    }
    return switch (upper(tokens.get(0))) {
      case "INSERT" -> isWord(tokens, 1, "INTO") ? nameAt(tokens, 2, "INTO") : Optional.empty();
      case "UPDATE" -> nameAt(tokens, 1, "UPDATE");
      case "DELETE" -> isWord(tokens, 1, "FROM") ? nameAt(tokens, 2, "FROM") : Optional.empty();
      case "SELECT" -> nameAt(tokens, positionOf(tokens, "FROM") + 1, "FROM");
      default -> Optional.empty();
    };
  }

  /** Comments, several statements, quotes that do not close, other quotes, queries in queries. */
  private static boolean isDoubtful(List<String> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      boolean comment =
          (token.equals("-") && next.equals("-")) || (token.equals("/") && next.equals("*"));
      boolean second = i > 0 && List.of("SELECT", "INSERT", "DELETE").contains(upper(token));
      if (comment || second || List.of(";", "\"", "'", "`").contains(token)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> nameAt(List<String> tokens, int index, String keyword) {
    if (index >= tokens.size() || count(tokens, keyword) != 1) {
      return Optional.empty();
    }
    String token = tokens.get(index);
    String after = index + 1 < tokens.size() ? tokens.get(index + 1) : "";
    if (after.equals(",")) {
      return Optional.empty(); // a second table
    }
    if (token.startsWith("\"")) {
      String name = token.substring(1, token.length() - 1);
      Matcher matcher = (name.startsWith("arn:") ? TABLE_ARN : TABLE_NAME).matcher(name);
      return matcher.matches() ? Optional.of(name) : Optional.empty();
    }
    // what follows a plain name must not continue it
    boolean ends = !List.of("-", "$", ":", "/").contains(after);
    return ends && PLAIN_NAME.matcher(token).matches() ? Optional.of(token) : Optional.empty();
  }

  private static boolean isWord(List<String> tokens, int index, String word) {
    return index < tokens.size() && upper(tokens.get(index)).equals(word);
  }

  private static int positionOf(List<String> tokens, String word) {
    int position = 0;
    while (position < tokens.size() && !isWord(tokens, position, word)) {
      position++;
    }
    return position;
  }

  private static long count(List<String> tokens, String word) {
    return tokens.stream().filter(token -> upper(token).equals(word)).count();
  }

  private static String upper(String token) {
    return token.toUpperCase(Locale.ROOT);
  }
}
