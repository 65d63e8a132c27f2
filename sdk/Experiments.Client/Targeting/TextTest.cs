using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Targeting;

/// <summary>A test of a text against an operand that was prepared at load. Immutable; testing allocates nothing.</summary>
internal abstract class TextTest
{
    /// <summary>The operand, for explanations.</summary>
    public abstract string Operand { get; }

    public abstract bool Holds(ReadOnlySpan<char> text);

    internal sealed class Contains(string part) : TextTest
    {
        public override string Operand => $"\"{part}\"";

        public override bool Holds(ReadOnlySpan<char> text) => text.Contains(part, StringComparison.Ordinal);
    }

    internal sealed class Matches(Pattern pattern, string source) : TextTest
    {
        public override string Operand => $"/{source}/";

        public override bool Holds(ReadOnlySpan<char> text) => pattern.IsMatch(text);
    }

    internal sealed class IsWithin(AddressBlockSet blocks, string[] networks) : TextTest
    {
        public override string Operand => $"[{string.Join(", ", networks)}]";

        public override bool Holds(ReadOnlySpan<char> text) => blocks.Contains(text);
    }

    /// <param name="version">Compared with.</param>
    /// <param name="source">Its text.</param>
    /// <param name="onLess">Whether a lower version passes.</param>
    /// <param name="onEqual">Whether the same version passes.</param>
    /// <param name="onGreater">Whether a higher version passes.</param>
    internal sealed class HasVersion(SemanticVersion version, string source, bool onLess, bool onEqual, bool onGreater) : TextTest
    {
        public override string Operand => source;

        public override bool Holds(ReadOnlySpan<char> text) =>
            version.TryCompare(text, out int sign) && (sign < 0 ? onLess : sign > 0 ? onGreater : onEqual);
    }
}
