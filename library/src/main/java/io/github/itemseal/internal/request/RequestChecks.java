package io.github.itemseal.internal.request;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.expression.ExpressionException;
import io.github.itemseal.internal.expression.MentionedAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * Refuses requests on a protected table that could not do what they say: conditions on ciphertext,
 * which would also send the compared plaintext to DynamoDB. Reads of parts of items are for {@link
 * ReadPlan}.
 */
final class RequestChecks {
  /** Of either format: a type id of 2 bytes and a tag of 16 are all of an empty value in DBE. */
  private static final int SHORTEST_CIPHERTEXT_BYTES = 18;

  private final ProtectedTable table;

  RequestChecks(ProtectedTable table) {
    this.table = table;
  }

  /** Refuses an expression that looks at the value of an encrypted attribute. */
  void requireReadable(String role, @Nullable String expression, Map<String, String> names) {
    if (expression != null) {
      requireReadable(role, attributesOf(expression, names));
    }
  }

  /** Refuses legacy conditions that look at the value of an encrypted attribute. */
  void requireReadable(String role, Map<String, Condition> conditions) {
    conditions.forEach(
        (name, condition) -> {
          boolean existence =
              condition != null
                  && asksForExistence(condition.comparisonOperator())
                  && condition.attributeValueList().isEmpty();
          requireReadable(role, existence ? Set.of() : Set.of(name));
        });
  }

  /** Refuses legacy expectations that look at the value of an encrypted attribute. */
  void requireExpectable(Map<String, ExpectedAttributeValue> expected) {
    expected.forEach(
        (name, expectation) -> {
          boolean existence =
              expectation != null
                  && expectation.value() == null
                  && expectation.attributeValueList().isEmpty()
                  && (Boolean.FALSE.equals(expectation.exists())
                      || asksForExistence(expectation.comparisonOperator()));
          requireReadable("Expected condition", existence ? Set.of() : Set.of(name));
        });
  }

  /** Whether a legacy operator takes no value. */
  private static boolean asksForExistence(@Nullable ComparisonOperator operator) {
    return operator == ComparisonOperator.NULL || operator == ComparisonOperator.NOT_NULL;
  }

  /**
   * Refuses a key that names an encrypted attribute: none of the table's keys is encrypted, and the
   * value would reach DynamoDB in plaintext.
   */
  void requireKey(Iterable<String> names) {
    for (String name : names) {
      if (isEncrypted(name)) {
        throw noKey("key", name, "this table", table.keyNames());
      }
    }
  }

  /** Refuses a key condition on encrypted attributes, saying whether they are keys at all. */
  void requireKeyCondition(
      @Nullable String expression, Map<String, String> names, @Nullable String indexName) {
    if (expression != null) {
      requireKeys(attributesOf(expression, names), indexName);
    }
  }

  /** Refuses the key conditions of a query on encrypted attributes. */
  void requireKeys(Iterable<String> names, @Nullable String indexName) {
    Optional<SecondaryIndex> index = Optional.ofNullable(indexName).flatMap(table::index);
    if (indexName != null && index.isEmpty()) {
      requireReadable("key condition", names); // what its keys are, nobody knows
      return;
    }
    Set<String> keys = index.map(known -> known.keys().attributes()).orElse(table.keyNames());
    for (String name : names) {
      if (!isEncrypted(name)) {
        continue;
      }
      if (!keys.contains(name)) {
        String owner = indexName == null ? "this table" : "the index '" + indexName + "'";
        throw noKey("key condition", name, owner, keys);
      }
      throw encrypted(
          "key condition",
          name,
          ("the key of the index '%s': nothing can be found by ciphertext. Give it SIGN_ONLY or"
                  + " DO_NOTHING by name, and rewrite the items")
              .formatted(indexName));
    }
  }

  /** Advice to make it readable would weaken what is protected, for a slip of the pen. */
  private UnsupportedRequestException noKey(
      String role, String name, String owner, Set<String> keys) {
    return encrypted(
        role,
        name,
        "which is no key of %s (%s). Check the name"
            .formatted(
                owner,
                keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(" and "))));
  }

  private UnsupportedRequestException encrypted(String role, String name, String explained) {
    FailureSubject subject = subject().withAttribute(name);
    return new UnsupportedRequestException(
        FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
        subject,
        "The %s touches the encrypted %s, %s.".formatted(role, subject.describe(), explained));
  }

  private boolean isEncrypted(String name) {
    return !table.encryptor().isReserved(name)
        && table.actions().actionFor(name) == CryptoAction.ENCRYPT_AND_SIGN;
  }

  /** Refuses attribute names that are encrypted. */
  void requireReadable(String role, Iterable<String> attributeNames) {
    for (String name : attributeNames) {
      if (isEncrypted(name)) {
        FailureSubject subject = subject().withAttribute(name);
        throw new UnsupportedRequestException(
            FailureReason.EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
            subject,
            ("The %s touches the encrypted %s: DynamoDB holds ciphertext there, and would see any"
                    + " plaintext it is compared with. It can say whether the attribute exists;"
                    + " compare in your code after reading, or make the attribute SIGN_ONLY.")
                .formatted(role, subject.describe()));
      }
    }
  }

  /**
   * Refuses a batch that names a protected table twice, by name and by ARN: DynamoDB answers for
   * both together, so that the answers could not be told apart.
   */
  static void requireNamedOnce(Set<String> names, TableLookup tables) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      tables
          .find(name)
          .filter(table -> !seen.add(table.name()))
          .ifPresent(
              table -> {
                throw new RequestChecks(table)
                    .incomplete("two names for it, say an ARN too: name it once");
              });
    }
  }

  /**
   * Refuses the plaintext of an encrypted attribute in a start key. The key of the index that is
   * read may be encrypted: then the {@code LastEvaluatedKey} that DynamoDB gave holds ciphertext,
   * which is binary and not short. More cannot be told of it here.
   */
  void requireStartKey(Map<String, AttributeValue> startKey, @Nullable String indexName) {
    Optional<SecondaryIndex> index = Optional.ofNullable(indexName).flatMap(table::index);
    Set<String> indexKeys = index.map(known -> known.keys().attributes()).orElse(Set.of());
    boolean knowsAllKeys = indexName == null || index.isPresent();
    startKey.forEach(
        (name, value) -> {
          if (knowsAllKeys && isEncrypted(name) && !indexKeys.contains(name)) {
            throw noStartKey(name, indexName, indexKeys); // none of the table's is encrypted
          }
          boolean ciphertext =
              indexKeys.contains(name)
                  && value != null
                  && value.b() != null
                  && value.b().asByteArrayUnsafe().length >= SHORTEST_CIPHERTEXT_BYTES;
          if (!ciphertext) {
            requireReadable("start key", Set.of(name));
          }
        });
  }

  private UnsupportedRequestException noStartKey(
      String name, @Nullable String indexName, Set<String> indexKeys) {
    Set<String> keys = new LinkedHashSet<>(table.keyNames());
    keys.addAll(indexKeys);
    String owner = indexName == null ? "this table" : "this table or the index '" + indexName + "'";
    return noKey("start key", name, owner, keys);
  }

  /** An item as the SDK sends it: it leaves out attributes whose value is a Java null. */
  static Map<String, AttributeValue> withoutNulls(Map<String, AttributeValue> item) {
    if (!item.containsValue(null)) {
      return item;
    }
    Map<String, AttributeValue> sent = new LinkedHashMap<>(item);
    sent.values().removeIf(Objects::isNull);
    return sent;
  }

  /** The exception for a request that DynamoDB could not carry out either. */
  UnsupportedRequestException incomplete(String what) {
    return new UnsupportedRequestException(
        FailureReason.REQUEST_INCOMPLETE,
        subject(),
        "The request on table '%s' has %s.".formatted(table.name(), what));
  }

  private Iterable<String> attributesOf(String expression, Map<String, String> names) {
    try {
      return MentionedAttributes.comparedBy(expression, names);
    } catch (ExpressionException e) {
      throw new UnsupportedRequestException(
          FailureReason.EXPRESSION_INVALID,
          subject(),
          "An expression on table '%s' cannot be read: %s."
              .formatted(table.name(), e.getMessage()));
    }
  }

  private FailureSubject subject() {
    return subject(table);
  }

  /** The table and its keys, for failures. */
  static FailureSubject subject(ProtectedTable table) {
    return FailureSubject.table(table.name()).withKeyNames(table.keyNames());
  }
}
