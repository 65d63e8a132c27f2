namespace Experiments.Client.Snapshots;

/// <summary>A piece of a hash's input.</summary>
/// <param name="Literal">The text itself; null for an attribute.</param>
/// <param name="Slots">Attributes, tried in order; <see cref="UserKey"/> is the user key.</param>
/// <param name="Type">Which values count.</param>
internal sealed record HashPart(string? Literal, int[] Slots, UnitType Type)
{
    public const int UserKey = -1;
}
