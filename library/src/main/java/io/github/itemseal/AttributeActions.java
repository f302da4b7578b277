package io.github.itemseal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The action for every attribute of a table's items: a default, and exceptions by name.
 *
 * <p>Only top-level attributes have actions; a map or list is treated as a whole. Immutable and
 * thread-safe; every {@code with} method returns a new object.
 *
 * <p>Attributes that are not named are a decision of their own: the default action can protect them
 * ({@link #encryptAndSign()}, the safe choice), sign them or leave them alone ({@link
 * #withDefault}), or there is none and they are refused ({@link #namedOnly()}). The old Java
 * client's mapper ignored them when it read, so a table where others wrote attributes that your
 * classes do not model needs {@link CryptoAction#DO_NOTHING} as default; with
 * {@code @HandleUnknownAttributes} on the class it took them for encrypted and signed, or for
 * signed under a class-wide {@code @DoNotEncrypt}, and the default is the action of that name.
 *
 * <p>Actions are not stored in the items. Reader and writer must be configured alike, so the action
 * of an attribute that is already in the table must not change without rewriting its items.
 */
public final class AttributeActions {
  private final CryptoAction defaultAction;
  private final Map<String, CryptoAction> exceptions;
  private final boolean refusesUnnamed;
  private final @Nullable String unsignedPrefix;

  private AttributeActions(
      CryptoAction defaultAction, Map<String, CryptoAction> exceptions, boolean refusesUnnamed) {
    this(defaultAction, exceptions, refusesUnnamed, null);
  }

  private AttributeActions(
      CryptoAction defaultAction,
      Map<String, CryptoAction> exceptions,
      boolean refusesUnnamed,
      @Nullable String unsignedPrefix) {
    this.defaultAction = defaultAction;
    this.exceptions = Map.copyOf(exceptions);
    this.refusesUnnamed = refusesUnnamed;
    this.unsignedPrefix = unsignedPrefix;
  }

  /** Every attribute is encrypted and signed until {@link #with} says otherwise. */
  public static AttributeActions encryptAndSign() {
    return withDefault(CryptoAction.ENCRYPT_AND_SIGN);
  }

  /** Every attribute gets {@code defaultAction} until {@link #with} says otherwise. */
  public static AttributeActions withDefault(CryptoAction defaultAction) {
    return new AttributeActions(
        Objects.requireNonNull(defaultAction, "defaultAction"), Map.of(), false);
  }

  /**
   * Attributes must be named with {@link #with}, or be keys of the table, which are signed. An item
   * with any other is refused with {@link ForbiddenItemException}, on its way in and on its way
   * out, so that neither a new attribute nor one that somebody slipped in goes unnoticed.
   */
  public static AttributeActions namedOnly() {
    return new AttributeActions(CryptoAction.ENCRYPT_AND_SIGN, Map.of(), true);
  }

  /**
   * The same actions with this exception.
   *
   * @throws IllegalArgumentException if the name is reserved for the stored formats
   */
  public AttributeActions with(String attributeName, CryptoAction action) {
    Objects.requireNonNull(action, "action");
    if (ReservedNames.isUsual(attributeName)) {
      throw new IllegalArgumentException(
          "Attribute '%s' belongs to the stored format and can have no action."
              .formatted(attributeName));
    }
    Map<String, CryptoAction> changed = new LinkedHashMap<>(exceptions);
    changed.put(attributeName, action);
    return new AttributeActions(defaultAction, changed, refusesUnnamed, unsignedPrefix);
  }

  /** The same actions with several exceptions, see {@link #with}. */
  public AttributeActions withAll(Map<String, CryptoAction> actions) {
    AttributeActions changed = this;
    for (Map.Entry<String, CryptoAction> entry : actions.entrySet()) {
      changed = changed.with(entry.getKey(), entry.getValue());
    }
    return changed;
  }

  /**
   * The same actions with these attributes as keys of the table: {@link CryptoAction#SIGN_ONLY}, or
   * {@link CryptoAction#DO_NOTHING} where that is what they would get anyway. DynamoDB must see
   * keys in plaintext.
   *
   * @throws IllegalArgumentException if one of them is asked to be encrypted by name
   */
  public AttributeActions withIndexKeys(String... keyNames) {
    AttributeActions changed = this;
    for (String name : keyNames) {
      if (exceptions.get(name) == CryptoAction.ENCRYPT_AND_SIGN) {
        throw new IllegalArgumentException(
            "Attribute '%s' is a key of the table and cannot be encrypted: give it SIGN_ONLY."
                .formatted(name));
      }
      changed = changed.with(name, keyAction(name));
    }
    return changed;
  }

  /**
   * The same actions with these attributes as keys of secondary indexes: like {@link
   * #withIndexKeys}, except that an action given by name stands. (An encrypted index key is
   * accepted by DynamoDB only where the index declares it binary, and finds nothing.)
   */
  public AttributeActions withSecondaryIndexKeys(String... keyNames) {
    AttributeActions changed = this;
    for (String name : keyNames) {
      if (!exceptions.containsKey(name)) {
        changed = changed.with(name, keyAction(name));
      }
    }
    return changed;
  }

  /** The same actions, but DO_NOTHING for attributes that begin so and are not named. */
  AttributeActions withUnsignedPrefix(String prefix) {
    return new AttributeActions(defaultAction, exceptions, refusesUnnamed, prefix);
  }

  /**
   * Two configurations in one: for the default and for every name the stronger action. Both see
   * their own default for the names only the other one lists; one that is {@link #namedOnly()} has
   * none, and makes the whole so.
   */
  public AttributeActions mergedWith(AttributeActions other) {
    Map<String, CryptoAction> merged = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>(exceptions.keySet());
    names.addAll(other.exceptions.keySet());
    for (String name : names) {
      merged.put(name, CryptoAction.strongest(strengthOf(name), other.strengthOf(name)));
    }
    return new AttributeActions(
        CryptoAction.strongest(defaultAction, other.defaultAction),
        merged,
        refusesUnnamed || other.refusesUnnamed);
  }

  /** What these actions bring to a merge: nothing for what they would refuse. */
  private CryptoAction strengthOf(String name) {
    return refusesUnnamed && !isNamed(name) ? CryptoAction.DO_NOTHING : actionFor(name);
  }

  /** The action for an attribute: its exception, else the default. */
  public CryptoAction actionFor(String attributeName) {
    CryptoAction named = exceptions.get(attributeName);
    if (named != null) {
      return named;
    }
    return isUnderUnsignedPrefix(attributeName) ? CryptoAction.DO_NOTHING : defaultAction;
  }

  /** Whether an attribute has an exception, by its name or how that begins. */
  public boolean isNamed(String attributeName) {
    return exceptions.containsKey(attributeName) || isUnderUnsignedPrefix(attributeName);
  }

  private boolean isUnderUnsignedPrefix(String attributeName) {
    return unsignedPrefix != null && attributeName.startsWith(unsignedPrefix);
  }

  /** Whether items may have named attributes only, see {@link #namedOnly()}. */
  public boolean refusesUnnamed() {
    return refusesUnnamed;
  }

  /**
   * The action of every attribute that is not an exception; where those are refused, {@link
   * CryptoAction#ENCRYPT_AND_SIGN}.
   */
  public CryptoAction defaultAction() {
    return defaultAction;
  }

  /** The exceptions by attribute name, unmodifiable. */
  public Map<String, CryptoAction> exceptions() {
    return exceptions;
  }

  /** Whether some attribute, named or not, could get this action. */
  public boolean contains(CryptoAction action) {
    return (defaultAction == action && !refusesUnnamed) || exceptions.containsValue(action);
  }

  /**
   * The names of all attributes that are signed.
   *
   * @return empty if attributes that are not named are signed too
   */
  Optional<Set<String>> signedNames() {
    if (defaultAction.signs() && !refusesUnnamed) {
      return Optional.empty();
    }
    Set<String> signed = new TreeSet<>(exceptions.keySet());
    signed.removeIf(name -> !actionFor(name).signs());
    return Optional.of(signed);
  }

  /** Whether no attribute is ever encrypted or signed: items are then left exactly as they are. */
  public boolean takesNoActions() {
    return (refusesUnnamed || !defaultAction.signs())
        && exceptions.values().stream().noneMatch(CryptoAction::signs);
  }

  private CryptoAction keyAction(String name) {
    CryptoAction action = actionFor(name);
    return action.encrypts() ? CryptoAction.SIGN_ONLY : action;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof AttributeActions other
        && defaultAction == other.defaultAction
        && refusesUnnamed == other.refusesUnnamed
        && Objects.equals(unsignedPrefix, other.unsignedPrefix)
        && exceptions.equals(other.exceptions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(defaultAction, exceptions, refusesUnnamed, unsignedPrefix);
  }

  @Override
  public String toString() {
    return "AttributeActions[default=%s, exceptions=%s]"
        .formatted(refusesUnnamed ? "refused" : defaultAction, exceptions);
  }
}
