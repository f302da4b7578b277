/**
 * What an item costs: Itemseal beside the original clients and beside bare JCA calls on the same
 * bytes ({@code DdbecFloor}, {@code DbeFloor}), in one run. Start reading at {@code ItemBenchmark}.
 */
package io.github.itemseal.benchmarks;
