using Experiments.Client.Json;
using Experiments.Client;
using Experiments.Decide.Endpoints.Requests;
using Microsoft.AspNetCore.Http;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>Decides a request and writes the answer, in one piece, from bytes that were prepared: <c>benchmarks/load/decide.sh</c>.</summary>
internal static class DecideAnswer
{
    private const string ContentType = "application/json; charset=utf-8";

    private static ReadOnlySpan<byte> BeforeUserKey => "{\"user_key\":\""u8;

    private static ReadOnlySpan<byte> Separator => ","u8;

    private static ReadOnlySpan<byte> End => "]}"u8;

    public static Task WriteAsync(HttpResponse response, PreparedSnapshot prepared, DecideRequest request)
    {
        // Decisions and version come from one snapshot, whatever is loaded meanwhile.
        int length = Fill(request, prepared, request.DecideAll(prepared.Snapshot));
        response.ContentType = ContentType;
        response.ContentLength = length;
        return response.Body.WriteAsync(request.Bytes, 0, length);
    }

    private static int Fill(DecideRequest request, PreparedSnapshot prepared, ReadOnlySpan<Decision> decisions)
    {
        int length = 0;
        Append(request, ref length, BeforeUserKey);
        int userKeyLength = JsonString.Length(request.UserKey);
        length += JsonString.Write(request.UserKey, request.Reserve(length + userKeyLength).AsSpan(length));
        Append(request, ref length, prepared.AfterUserKey);
        bool isFirst = true;
        foreach (Decision decision in decisions)
        {
            if (!decision.IsAssigned)
            {
                continue;
            }

            if (!isFirst)
            {
                Append(request, ref length, Separator);
            }

            isFirst = false;
            Append(request, ref length, prepared.AssignmentOf(decision));
        }

        Append(request, ref length, End);
        return length;
    }

    private static void Append(DecideRequest request, ref int length, ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(request.Reserve(length + piece.Length).AsSpan(length));
        length += piece.Length;
    }
}
