namespace Experiments.Client;

/// <summary>An id and, right after it, a payload in a page that holds those of many variants: one array instead of hundreds.</summary>
/// <param name="Page">Never changes, and does not hold the JSON that it was filled from.</param>
/// <param name="Start">Of the id.</param>
/// <param name="IdLength">See <see cref="PackedId"/>.</param>
/// <param name="PayloadLength">In bytes.</param>
internal readonly record struct PackedTexts(byte[] Page, int Start, int IdLength, int PayloadLength);
