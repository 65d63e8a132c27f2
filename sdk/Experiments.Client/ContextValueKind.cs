namespace Experiments.Client;

/// <summary>What a context attribute holds. A missing attribute and a null one are different things to a condition.</summary>
internal enum ContextValueKind : byte
{
    Missing,
    Null,
    False,
    True,
    Number,
    String,
    Object,
    Array,
}
