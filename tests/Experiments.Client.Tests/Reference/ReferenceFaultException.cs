namespace Experiments.Client.Tests.Reference;

/// <summary>A fault: it ends the decision and that of every flag above it.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside the interpreter, always with a code.
internal sealed class ReferenceFaultException(string code) : Exception(code)
#pragma warning restore CA1032, CA1064
{
    public const string Cycle = "CYCLE";
    public const string Malformed = "MALFORMED";

    public string Code { get; } = code;
}
