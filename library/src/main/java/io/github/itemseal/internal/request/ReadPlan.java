package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.value.ShownText;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * How a read is carried out so that every item it returns has been verified, although only parts of
 * items are asked for, or the index holds no more. Immutable.
 *
 * <table>
 * <caption>What happens to a read</caption>
 * <tr><td>whole items, or a count</td><td>sent as it is</td></tr>
 * <tr><td>parts with everything that is signed</td><td>sent as it is</td></tr>
 * <tr><td>other parts</td><td>widened, and the parts picked from the opened item; or refused</td></tr>
 * <tr><td>an index without everything that is signed</td><td>whole items taken from the table: by
 * DynamoDB for a local index, by {@link IndexCompletion} for a global one; or refused</td></tr>
 * <tr><td>what DynamoDB refuses</td><td>sent as it is; should DynamoDB answer, refused then</td></tr>
 * </table>
 */
final class ReadPlan {
  /** So many attribute names a refusal shows at most. */
  private static final int NAMES_SHOWN = 5;

  private static final String INVALID = "is one that DynamoDB should have refused";

  private static final ReadPlan AS_ASKED = new ReadPlan(null, false, item -> item);

  private final @Nullable Selection changed;
  private final boolean completed;
  private final Picking picking;

  private ReadPlan(@Nullable Selection changed, boolean completed, Picking picking) {
    this.changed = changed;
    this.completed = completed;
    this.picking = picking;
  }

  /** What the caller gets of an opened item. */
  @FunctionalInterface
  private interface Picking {
    Map<String, AttributeValue> from(Map<String, AttributeValue> item);
  }

  /**
   * Plans a read.
   *
   * @param asked what the request asks for, which is looked at for a protected table only
   * @param table empty if it is let through
   * @throws UnsupportedRequestException if items could not be verified and the client may not read
   *     more than is asked for; the message names what is missing, and the fix
   */
  static ReadPlan of(Supplier<Selection> asked, Optional<ProtectedTable> table) {
    return table.map(known -> new Planner(asked.get(), known).plan()).orElse(AS_ASKED);
  }

  /** Which attributes to ask DynamoDB for; empty if the request is sent as it is. */
  Optional<Selection> changed() {
    return Optional.ofNullable(changed);
  }

  /** Whether the items of the response are to be replaced by whole ones from the table. */
  boolean completesItems() {
    return completed;
  }

  /**
   * What was asked for of an item that has been opened.
   *
   * @throws UnsupportedRequestException if DynamoDB should have refused the request
   */
  Map<String, AttributeValue> pickFrom(Map<String, AttributeValue> item) {
    return picking.from(item);
  }

  /** The decisions, in the order in which they exclude each other. */
  private static final class Planner {
    private final Selection asked;
    private final ProtectedTable table;
    private final Optional<Set<String>> needed;
    private final @Nullable SecondaryIndex partial; // the index, unless it holds whole items

    Planner(Selection asked, ProtectedTable table) {
      this.asked = asked;
      this.table = table;
      this.needed = table.encryptor().verifiedAttributes();
      this.partial =
          Optional.ofNullable(asked.indexName())
              .flatMap(table::index)
              .filter(index -> !index.projection().allAttributes())
              .orElse(null);
    }

    ReadPlan plan() {
      if (asked.select() == Select.COUNT || needed.filter(Set::isEmpty).isPresent()) {
        return AS_ASKED;
      }
      if (asked.hasEmptyNames()) {
        return leftToDynamoDb(INVALID);
      }
      if (asked.indexName() != null && table.index(asked.indexName()).isEmpty()) {
        return leftToDynamoDb(
            "reads the index '%s', which is not known".formatted(asked.indexName()));
      }
      if (!asked.asksForParts()) {
        return asked.select() == Select.SPECIFIC_ATTRIBUTES
            ? leftToDynamoDb(INVALID)
            : wholeItems();
      }
      Optional<Projection> projection = asked.projection();
      return projection.isEmpty() ? leftToDynamoDb(INVALID) : parts(projection.get());
    }

    private ReadPlan wholeItems() {
      if (partial == null || (partial.local() && asked.select() == Select.ALL_ATTRIBUTES)) {
        return AS_ASKED;
      }
      boolean held = holdsEverythingNeeded(partial) && asked.select() != Select.ALL_ATTRIBUTES;
      if (held) {
        return AS_ASKED;
      }
      requireCompletion(partial);
      Set<String> projected = attributesOf(partial);
      return completed(
          partial,
          asked.select() == Select.ALL_PROJECTED_ATTRIBUTES
              ? Projection.ofAttributes(projected).orElseThrow()::pickFrom
              : item -> item);
    }

    private ReadPlan parts(Projection projection) {
      if (needed.isPresent() && projection.wholeAttributes().containsAll(needed.get())) {
        return AS_ASKED;
      }
      if (!table.reads().widensProjections()) {
        throw refusedProjection(projection);
      }
      if (partial != null && !holdsEverythingNeeded(partial)) {
        requireCompletion(partial);
        return completed(partial, projection::pickFrom);
      }
      if (partial != null
          && !partial.local()
          && !attributesOf(partial).containsAll(projection.attributes())) {
        return leftToDynamoDb(INVALID);
      }
      boolean fetched = partial != null && partial.local();
      Selection whole = asked.ofWholeItems(fetched ? Select.ALL_ATTRIBUTES : null);
      return new ReadPlan(
          needed
              .map(names -> union(names, projection.attributes()))
              .map(asked::ofAttributes)
              .filter(Selection::asksForParts) // they may be too many for an expression
              .orElse(whole),
          false,
          projection::pickFrom);
    }

    private ReadPlan completed(SecondaryIndex index, Picking picking) {
      return index.local()
          ? new ReadPlan(asked.ofWholeItems(Select.ALL_ATTRIBUTES), false, picking)
          : new ReadPlan(asked.ofAttributes(table.keyNames()), true, picking);
    }

    private ReadPlan leftToDynamoDb(String what) {
      return new ReadPlan(
          null,
          false,
          item -> {
            throw new UnsupportedRequestException(
                FailureReason.PARTIAL_ITEMS_REQUESTED,
                RequestChecks.subject(table),
                ("The request on table '%s' %s: its items could not be verified, and are not"
                        + " returned. Correct the request; give an index with TableInfo.of(...) or"
                        + " call refreshTable.")
                    .formatted(table.name(), what));
          });
    }

    private boolean holdsEverythingNeeded(SecondaryIndex index) {
      return needed.isPresent() && attributesOf(index).containsAll(needed.get());
    }

    private Set<String> attributesOf(SecondaryIndex index) {
      return union(
          table.keyNames(),
          union(index.keys().attributes(), index.projection().nonKeyAttributes()));
    }

    private void requireCompletion(SecondaryIndex index) {
      if (!table.reads().completesIndexReads()) {
        throw new UnsupportedRequestException(
            FailureReason.PARTIAL_ITEMS_REQUESTED,
            RequestChecks.subject(table),
            ("The index '%s' of table '%s' does not hold whole items: %s, and items without them"
                    + " cannot be verified. Let the client get them from the table"
                    + " (completesIndexReads), let the index project all attributes, or count"
                    + " only.")
                .formatted(index.name(), table.name(), missing(attributesOf(index))));
      }
    }

    private UnsupportedRequestException refusedProjection(Projection projection) {
      return new UnsupportedRequestException(
          FailureReason.PARTIAL_ITEMS_REQUESTED,
          RequestChecks.subject(table),
          ("The request asks for some attributes only, and parts of items of table '%s' cannot be"
                  + " verified: %s. Let the client read them too and pick what was asked for"
                  + " (widensProjections), or read whole items and pick the attributes afterwards.")
              .formatted(table.name(), missing(projection.wholeAttributes())));
    }

    /** What lacks, of what verification needs. */
    private String missing(Set<String> present) {
      if (needed.isEmpty()) {
        return "any attribute that is left out may be signed";
      }
      Set<String> missing = new TreeSet<>(needed.get());
      missing.removeAll(present);
      String shown =
          missing.stream()
              .limit(NAMES_SHOWN)
              .map(name -> "'" + ShownText.name(name) + "'")
              .collect(Collectors.joining(", "));
      int more = missing.size() - NAMES_SHOWN;
      return "missing are " + shown + (more > 0 ? " and %s more".formatted(more) : "");
    }
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> union = new LinkedHashSet<>(first);
    union.addAll(second);
    return union;
  }
}
