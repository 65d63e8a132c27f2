using YamlDotNet.Core;

namespace Experiments.Control.Transfer;

/// <summary>YAML that is not taken; the message starts with the place.</summary>
internal sealed class YamlFaultException(Mark at, string sentence, Exception? inner = null)
    : Exception($"line {at.Line}, column {at.Column}: {sentence}", inner);
