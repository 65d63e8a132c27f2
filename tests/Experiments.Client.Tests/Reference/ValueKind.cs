namespace Experiments.Client.Tests.Reference;

/// <summary>What an attribute usually holds, and what an operator usually wants.</summary>
internal enum ValueKind
{
    Any,
    Text,
    Number,
    Boolean,
    Version,
    Address,
    Time,
    TextList,
    ObjectList,
}
