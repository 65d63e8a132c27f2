using System.Runtime.InteropServices;

namespace Experiments.Client;

/// <summary>One value inside a <see cref="DecisionContext"/>; text is a range of that context's character buffer.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ContextNode
{
    public const int None = -1;

    public ContextValueKind Kind;
    public double Number;
    public int NameStart;
    public int NameLength;
    public int TextStart;
    public int TextLength;
    public int FirstChild;
    public int NextSibling;
    public int ChildCount;
}
