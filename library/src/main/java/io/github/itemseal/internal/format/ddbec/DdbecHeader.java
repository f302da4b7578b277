package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.materials.MaterialDescription;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The two attributes that the format adds to an item, parsed but not verified.
 *
 * @param materialDescription how to get the keys; empty where the item has none
 * @param signature a MAC or an asymmetric signature
 */
public record DdbecHeader(MaterialDescription materialDescription, SdkBytes signature) {}
